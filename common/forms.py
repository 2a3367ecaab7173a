"""What every form of ours shares."""

import uuid
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from common.errors import DomainError


class BoundField(forms.BoundField):
    def build_widget_attrs(self, attrs, widget=None):
        """Nobody hears of a hidden field; Django describes the one that keeps what was first on the screen."""
        attrs = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            attrs = {name: value for name, value in attrs.items() if not name.startswith("aria-")}
        return attrs


class Renderer(TemplatesSetting):
    """Draws every field through one template, and the errors of a form through another."""

    bound_field_class = BoundField

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class AllConstraints:
    """A ModelForm skips constraints that touch a field it does not show. Check all but those of a refused field."""

    def validate_unique(self):
        super().validate_unique()
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except ValidationError as error:
            self.add_error(None, error)


class OneRecord(forms.Form):
    """Carries the new record's id, so that a double click meets the first one's primary key."""

    record_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["record_id"].initial = uuid.uuid4

    def clean_record_id(self) -> uuid.UUID:
        return self.cleaned_data["record_id"] or uuid.uuid4()


@contextmanager
def refusals_in(form):
    """What a verb refuses becomes errors of the form: nothing typed is lost, nothing is half done."""
    try:
        yield
    except ValidationError as error:
        messages_by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for name, sentences in messages_by_field.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
    except DomainError as error:
        form.add_error(None, str(error))
