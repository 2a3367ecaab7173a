from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import OneRecord
from exchange.documents.actions import title_of
from exchange.documents.carrier import audiences_of
from exchange.documents.content import SUFFIXES
from exchange.documents.models import Document

TITLE = Document._meta.get_field("title").max_length


class DocumentForm(OneRecord):
    """A file and what it is. Without a title it is called as the sender's file was."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF of 100 pages at most, JPEG or PNG; 10 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        allow_empty_file=True,  # its content says what is wrong with it, whatever that is
    )
    title = forms.CharField(label=_("Title"), max_length=TITLE, required=False)
    kind = forms.ChoiceField(label=_("Kind of document"))
    audience = forms.ChoiceField(label=_("Who may read it"), widget=forms.RadioSelect)

    def __init__(self, *args, to, by, **kwargs):
        super().__init__(*args, **kwargs)
        audiences = audiences_of(to, by)
        self.fields["kind"].choices = type(to).DOCUMENTS.kinds.choices
        self.fields["audience"].choices = [(one.value, one.label) for one in audiences]
        self.fields["audience"].initial = audiences[0].value if audiences else None

    def clean(self):
        typed = super().clean()
        if typed.get("file") and not typed.get("title"):
            typed["title"] = title_of(typed["file"])
        return typed

    def as_document(self) -> Document:
        typed = self.cleaned_data
        return Document(
            pk=typed["record_id"], title=typed["title"], kind=typed["kind"], audience=typed["audience"]
        )
