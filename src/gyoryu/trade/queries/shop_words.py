"""The few fixed words of a shop window in a buyer's own language.

Korean and English have theirs in the catalogues of texts; these are languages in which the house
speaks nowhere else, so they stand here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override


@dataclass(frozen=True)
class Words:
    """What a shop window says beside the words of its goods."""

    maker: str
    price: str
    buy: str
    nothing: str
    languages: str
    as_of: str
    products: str


BUYERS = {
    "zh": Words(
        "生产企业",
        "价格",
        "前往商城购买",
        "目前没有在售商品。",
        "语言",
        "更新日期",
        "在售商品",
    ),
    "ja": Words(
        "製造元",
        "価格",
        "モールで購入する",
        "現在販売中の商品はありません。",
        "言語",
        "更新日",
        "販売中の商品",
    ),
    "vi": Words(
        "Nhà sản xuất",
        "Giá",
        "Mua trên sàn",
        "Hiện chưa có sản phẩm nào đang bán.",
        "Ngôn ngữ",
        "Cập nhật ngày",
        "Sản phẩm đang bán",
    ),
    "es": Words(
        "Fabricante",
        "Precio",
        "Comprar en la tienda",
        "Ahora no hay productos a la venta.",
        "Idioma",
        "Actualizado el",
        "Productos a la venta",
    ),
    "ru": Words(
        "Производитель",
        "Цена",
        "Купить на площадке",
        "Сейчас товаров в продаже нет.",
        "Язык",
        "По состоянию на",
        "Товары в продаже",
    ),
}
NAMES = {"ko": "한국어", "en": "English", "zh": "中文", "ja": "日本語", "vi": "Tiếng Việt",
         "es": "Español", "ru": "Русский"}  # fmt: skip


def of(language: str) -> Words:
    """Return the words in a language; in English for one that has none."""
    if known := BUYERS.get(language):
        return known
    with override("ko" if language == "ko" else "en"):
        return Words(
            _("Made by"), _("Price"), _("Buy at the mall"), _("Nothing is on sale at the moment."),
            _("Language"), _("As of"), _("Goods on sale"),
        )  # fmt: skip
