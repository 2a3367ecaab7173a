"""What is asked of who keeps or changes a view."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import OneRecord
from exchange.saved.actions import taken_words
from exchange.saved.models import SavedView


class ViewForm(forms.ModelForm):
    is_default = forms.BooleanField(label=gettext_lazy("Open the list with this view"), required=False)

    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]
        labels = {"name": gettext_lazy("Name of the view")}
        help_texts = {"name": gettext_lazy("It names a list, never a young person.")}

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean(self):
        found = super().clean()
        taken = self.of_the_same_name(found["name"]) if "name" in found else None
        if taken:
            self.name_taken(taken)
        return found

    def of_the_same_name(self, name: str) -> SavedView | None:
        is_shared = self.cleaned_data.get("is_shared", self.instance.is_shared)
        beside = SavedView.objects.beside(self.member, is_shared=is_shared)
        beside = beside.filter(listing=self.instance.listing, name__iexact=name)
        return beside.exclude(pk=self.instance.pk).first()

    def name_taken(self, taken: SavedView):
        self.add_error("name", taken_words())


class NewViewForm(OneRecord, ViewForm):
    """Once a name was typed that is taken, offers to replace the filters of that view: `replaced` then."""

    replaces = forms.BooleanField(
        label=gettext_lazy("Replace the filters of that view"), required=False, widget=forms.HiddenInput
    )
    replaced: SavedView | None = None

    def clean_record_id(self):
        self.instance.pk = super().clean_record_id()
        return self.instance.pk

    def name_taken(self, taken: SavedView):
        may_replace = taken.is_changed_by(self.member)
        if may_replace:
            self.fields["replaces"].widget = forms.CheckboxInput()
        if may_replace and self.cleaned_data.get("replaces"):
            self.replaced = taken
        elif may_replace:
            self.add_error(
                "name", _("There is a view of this name already: choose another name, or replace it.")
            )
        else:
            super().name_taken(taken)


class ChangedViewForm(ViewForm):
    """Who may only read a view chooses whether it opens the list. `expected` is the version that was on the screen."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        view = self.instance
        self.fields["expected"].initial = view.version
        if not view.is_changed_by(self.member):
            for name in ("name", "is_shared", "expected"):
                del self.fields[name]
        elif view.author_id != self.member.pk:
            del self.fields["is_shared"]
