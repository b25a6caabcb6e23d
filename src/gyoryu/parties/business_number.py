"""The Korean business registration number: ten digits, the last of them a check digit.

Source: the National Tax Service's rule for 사업자등록번호: weights 1 3 7 1 3 7 1 3 5 over the first
nine digits, the tens of nine-times-five added, and the sum filled up to ten.
"""

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def digits(text: str) -> str:
    """Keep the digits of a number as people write it (123-45-67890)."""
    return "".join(char for char in text if char.isascii() and char.isdigit())


def check_digit(first_nine: str) -> int:
    """Return the tenth digit that belongs to nine."""
    numbers = [int(char) for char in first_nine]
    total = sum(number * weight for number, weight in zip(numbers, WEIGHTS, strict=True))
    return -(total + numbers[8] * 5 // 10) % 10


def is_valid(number: str) -> bool:
    """Tell whether ten digits are a business number."""
    return len(number) == 10 and check_digit(number[:9]) == int(number[9])


def written(number: str) -> str:
    """Write ten digits as 123-45-67890."""
    return f"{number[:3]}-{number[3:5]}-{number[5:]}" if len(number) == 10 else number
