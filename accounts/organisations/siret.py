"""The number of a French establishment: fourteen figures, the last of which checks the others."""

LENGTH = 14
LA_POSTE = "356000000"


def is_siret(number: str) -> bool:
    """By Luhn's sum; La Poste has more establishments than that leaves numbers, and sums its figures instead."""
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        return False
    if luhn(number) % 10 == 0:
        return True
    return number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0


def luhn(number: str) -> int:
    doubled = [int(figure) * 2 for figure in number[-2::-2]]
    return sum(map(int, number[-1::-2])) + sum(figure - 9 if figure > 9 else figure for figure in doubled)
