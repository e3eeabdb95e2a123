from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pytest
from matplotlib.colors import to_rgb
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font

from burden.figures import style

Floats = npt.NDArray[np.float64]

# Machado, Oliveira, Fernandes (2009), severity 1; on linear RGB.
_SIMULATED = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039],
    ],
}  # fmt: skip


def linear(colour: object) -> Floats:
    channels = np.array(to_rgb(colour))  # type: ignore[arg-type]
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: Floats) -> Floats:
    """CIE L*a*b* of linear sRGB, D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    f = np.cbrt(xyz / [0.9505, 1.0, 1.089])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


COLOURS = [*style.PALETTE, style.OTHER]


def test_in_grey_every_colour_is_lighter_than_the_one_before() -> None:
    lightness = [lab(linear(c))[0] for c in COLOURS]

    assert min(b - a for a, b in pairwise(lightness)) > 10


@pytest.mark.parametrize("blindness", _SIMULATED)
def test_colours_stay_apart_for_the_colour_blind(blindness: str) -> None:
    seen = [lab(np.clip(np.array(_SIMULATED[blindness]) @ linear(c), 0, 1)) for c in COLOURS]

    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 15


def test_shades_only_darken() -> None:
    lightness = [lab(linear(style.SHADES(v)))[0] for v in np.linspace(0, 1, 50)]

    assert max(b - a for a, b in pairwise(lightness)) < 0


@pytest.mark.parametrize("value", np.linspace(0, 1, 11))
def test_what_is_written_on_a_shade_is_read(value: float) -> None:
    shade = style.SHADES(float(value))
    low, high = sorted((linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (shade, style.ink_on(shade)))

    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_font_has_what_french_needs() -> None:
    font = FT2Font(findfont("DejaVu Sans", fallback_to_default=False))

    assert [c for c in "éèêëàâçîïôöùûüÿœæÉÈÀÇŒ«»…–’≥●○\u00a0\u202f" if ord(c) not in font.get_charmap()] == []
