"""Where each country has its square on the tile map of the world.

A cartogram of equal squares, drawn by hand: every country and a few territories that conclude ties
of their own, neighbours side by side as far as a grid allows, with the Pacific in the middle as on
maps hung in Korean offices. Nothing is measured from it; it says who, not how large or how far.
"""

SIZE, GAP = 34, 3

_GRID = """
IS .. .. .. NO SE FI .. .. .. .. .. .. .. .. .. .. .. .. .. .. GL .. .. .. ..
.. .. .. .. DK .. EE .. .. RU .. .. .. .. .. .. .. .. .. CA .. .. .. .. .. ..
IE GB .. NL DE PL LV BY .. KZ .. .. MN .. .. .. .. .. .. US .. .. .. .. .. ..
.. .. BE LU CZ SK LT UA .. UZ KG .. .. .. KP .. .. .. .. MX .. BS .. .. .. ..
.. FR CH LI AT HU RO MD GE TM TJ .. CN .. KR JP .. .. GT BZ .. CU HT DO PR ..
PT ES MC IT SI HR RS BG AM AZ AF NP BT MO HK TW .. .. SV HN .. JM .. KN AG ..
.. AD VA SM BA ME MK GR TR IR PK IN BD MM LA VN PH .. .. NI .. .. .. .. DM ..
.. .. .. MT .. AL CY LB SY IQ KW LK .. TH KH .. .. .. .. CR .. .. .. VC LC BB
.. .. .. .. .. .. PS IL JO SA BH QA MV MY BN .. GU .. .. .. PA .. .. GD TT ..
EH MA DZ TN LY EG .. .. .. YE OM AE .. SG ID TL .. .. .. .. CO VE GY SR .. ..
CV MR ML NE TD SD ER .. .. .. .. .. .. .. PW FM MH KI .. .. EC PE BR .. .. ..
SN GM BF BJ NG CF SS ET DJ .. .. .. .. .. PG SB NR TV .. .. .. BO PY .. .. ..
GW GN CI GH TG CM UG KE SO .. .. .. .. .. AU VU FJ WS .. .. CL AR UY .. .. ..
.. SL LR .. GQ CG RW TZ KM .. .. .. .. .. .. NZ TO CK .. .. .. .. .. .. .. ..
.. .. .. ST GA CD BI MW SC .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. ..
.. .. .. .. AO ZM ZW MZ MG MU .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. ..
.. .. .. .. NA BW SZ .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. ..
.. .. .. .. .. ZA LS .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. .. ..
"""

ROWS = [line.split() for line in _GRID.strip().splitlines()]
PLACES = {
    code: (column * (SIZE + GAP), row * (SIZE + GAP))
    for row, line in enumerate(ROWS)
    for column, code in enumerate(line)
    if code != ".."
}
WIDTH = len(ROWS[0]) * (SIZE + GAP) - GAP
HEIGHT = len(ROWS) * (SIZE + GAP) - GAP
