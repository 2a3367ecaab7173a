"""How a person wants to be told of what."""

from itertools import groupby

from django import forms

from exchange.deliveries.preferences import Preference, matters_of, way_of
from exchange.deliveries.table import Way


class PreferencesForm(forms.Form):
    """One choice for each matter that can concern the person; `topics` groups them for the page."""

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member, self.matters = member, matters_of(member)
        chosen = Preference.objects.ways([member.pk])
        for matter in self.matters:
            self.fields[matter.name] = forms.ChoiceField(
                label=str(matter.label),
                choices=Way.choices,
                initial=way_of(matter, chosen.get((member.pk, matter.name))),
                widget=forms.RadioSelect,
                required=matter.mutable,
                disabled=not matter.mutable,
            )

    def can_be_changed(self) -> bool:
        return any(matter.mutable for matter in self.matters)

    def topics(self) -> list[dict]:
        """Each heading with its fields, and with what nobody can change."""
        found = []
        for topic, matters in groupby(self.matters, key=lambda matter: str(matter.topic)):
            within = list(matters)
            fixed = [(m.label, m.default.label) for m in within if not m.mutable]
            found.append(
                {"title": topic, "fields": [self[m.name] for m in within if m.mutable], "fixed": fixed}
            )
        return found

    def save(self) -> None:
        Preference.objects.choose(self.member, self.cleaned_data)
