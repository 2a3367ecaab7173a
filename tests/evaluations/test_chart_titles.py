"""A chart says what it shows before one looks at it."""

import re

import pytest
from django.template.loader import render_to_string

from common.charts import bar_chart, donut_chart, line_chart

TITLE = "Ce que devient une orientation"
CHARTS = {
    "bars": bar_chart(TITLE, [("Envoyées", 4)], columns=("Étape", "Nombre")),
    "donut": donut_chart(TITLE, [("Oui", 3), ("Non", 1)], columns=("Réponse", "Nombre", "Part")),
    "line": line_chart(TITLE, ["mars", "avril"], [("Contacts", [1, 2])], column="Mois"),
}


@pytest.mark.parametrize(("kind", "chart"), CHARTS.items())
def test_the_title_stands_over_the_chart_and_names_it_and_its_table(kind, chart):
    html = render_to_string(f"components/chart_{kind}.html", {"chart": chart})
    figure = re.sub(r"\s+", " ", html)
    assert figure.index(f'<figcaption class="chart-title">{TITLE}</figcaption>') < figure.index("<svg")
    assert f"<title>{TITLE}</title>" in figure
    assert f"<caption>{TITLE}</caption>" in figure
