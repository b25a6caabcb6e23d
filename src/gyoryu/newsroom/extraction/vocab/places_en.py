# ruff: noqa: RUF001 - typographic quotes and dashes are what is read here
"""Countries and regions as English releases write them."""

COUNTRIES = (
    "the United States of America", "the United States", "United States", "the U.S.", "U.S.",
    "America", "the Republic of Korea", "Republic of Korea", "South Korea", "North Korea",
    "Korea", "the People’s Republic of China", "China", "Taiwan", "Japan", "Mongolia", "Vietnam",
    "Viet Nam", "Thailand", "Laos", "Cambodia", "Burma", "Myanmar", "Malaysia", "Singapore",
    "Indonesia", "the Philippines", "Philippines", "Brunei", "Timor-Leste", "India", "Pakistan",
    "Bangladesh", "Nepal", "Bhutan", "Sri Lanka", "Maldives", "Afghanistan", "Kazakhstan",
    "Uzbekistan", "Kyrgyzstan", "the Kyrgyz Republic", "Tajikistan", "Turkmenistan", "Iran",
    "Iraq", "Türkiye", "Turkey", "Syria", "Lebanon", "Jordan", "Israel", "Saudi Arabia",
    "the United Arab Emirates", "United Arab Emirates", "the UAE", "Qatar", "Kuwait", "Bahrain",
    "Oman", "Yemen", "Russia", "Ukraine", "Belarus", "Moldova", "Georgia", "Armenia",
    "Azerbaijan", "the United Kingdom", "United Kingdom", "the UK", "Great Britain", "Ireland",
    "Northern Ireland", "France", "Germany", "Italy", "Spain", "Portugal", "the Netherlands",
    "Netherlands", "Belgium", "Luxembourg", "Switzerland", "Austria", "Denmark", "Norway",
    "Sweden", "Finland", "Iceland", "Estonia", "Latvia", "Lithuania", "Poland",
    "the Czech Republic", "Czechia", "Slovakia", "Hungary", "Romania", "Bulgaria", "Greece",
    "Croatia", "Slovenia", "Serbia", "Bosnia and Herzegovina", "Montenegro", "Albania",
    "North Macedonia", "Kosovo", "Malta", "Cyprus", "Egypt", "Libya", "Tunisia", "Algeria",
    "Morocco", "Sudan", "South Sudan", "Ethiopia", "Somalia", "Djibouti", "Kenya", "Uganda",
    "Tanzania", "Rwanda", "Burundi", "the Democratic Republic of the Congo",
    "the Democratic Republic of Congo", "the DRC", "Gabon", "Cameroon", "Nigeria", "Ghana",
    "Côte d’Ivoire", "Senegal", "Mali", "Niger", "Chad", "Guinea", "Benin", "Togo", "Angola",
    "Zambia", "Zimbabwe", "Mozambique", "Madagascar", "Namibia", "Botswana", "South Africa",
    "Malawi", "Mauritius", "Canada", "Mexico", "Guatemala", "Honduras", "El Salvador",
    "Nicaragua", "Costa Rica", "Panama", "Cuba", "Jamaica", "Haiti", "the Dominican Republic",
    "Dominican Republic", "Colombia", "Venezuela", "Ecuador", "Peru", "Bolivia", "Chile",
    "Argentina", "Uruguay", "Paraguay", "Brazil", "Guyana", "Trinidad and Tobago", "Barbados",
    "Belize", "Australia", "New Zealand", "Papua New Guinea", "Fiji", "Tonga", "Samoa",
    "the European Union", "European Union", "the EU", "the European Commission", "ASEAN",
    "the African Union", "Iceland",
)  # fmt: skip

REGION_WORDS = ("Province", "Prefecture", "State", "City", "County", "Region", "District", "Oblast")
