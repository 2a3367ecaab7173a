from youths.forms.contact import ContactForm, ReaderForm, YouthPickForm
from youths.forms.follow_up import CloseForm, HandOverForm, OpenForm
from youths.forms.youth import ReceiveForm, YouthForm

__all__ = [
    "CloseForm",
    "ContactForm",
    "HandOverForm",
    "OpenForm",
    "ReaderForm",
    "ReceiveForm",
    "YouthForm",
    "YouthPickForm",
]
