from youths.forms.contact import ContactForm, PostponeForm, ReaderForm, YouthPickForm
from youths.forms.follow_up import CloseForm, EndForm, HandOverAllForm, HandOverForm, OpenForm
from youths.forms.posts import DatesForm
from youths.forms.youth import ReceiveForm, YouthForm

__all__ = [
    "CloseForm",
    "ContactForm",
    "DatesForm",
    "EndForm",
    "HandOverAllForm",
    "HandOverForm",
    "OpenForm",
    "PostponeForm",
    "ReaderForm",
    "ReceiveForm",
    "YouthForm",
    "YouthPickForm",
]
