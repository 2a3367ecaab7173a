"""Components that have a body; one without is a plain include of templates/components/.

The HTML is in the templates. Used as `{% card title="…" %}…{% endcard %}`.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

from common.words import machine_moment, moment_words

register = template.Library()


@register.simple_block_tag
def card(content, title, id=None, href=None, link=None):
    """A titled section; `href` and `link` put one link beside the title."""
    return render_to_string(
        "components/card.html", {"content": content, "title": title, "id": id, "href": href, "link": link}
    )


@register.simple_block_tag
def page_head(
    content, title, lead=None, initials=None, badge=None, tone="mute", back_url=None, back_label=None
):
    """The one `h1` of a page; the body holds its actions, primary last."""
    return render_to_string(
        "components/page_head.html",
        {
            "actions": content,
            "title": title,
            "lead": lead,
            "initials": initials,
            "badge": badge,
            "tone": tone,
            "back_url": back_url,
            "back_label": back_label,
        },
    )


@register.simple_block_tag
def table(content, caption, cards=True):
    """A table in its sheet; the body holds thead and tbody. Rows become cards on a phone."""
    return render_to_string("components/table.html", {"content": content, "caption": caption, "cards": cards})


@register.simple_block_tag
def dialog(content, id, title, is_open=False):
    """A native dialog, opened by any link or button with `data-dialog="<id>"`."""
    return render_to_string(
        "components/dialog.html", {"content": content, "id": id, "title": title, "is_open": is_open}
    )


@register.simple_block_tag
def alert(content, title=None, tone="info"):
    """A message that stays in its place in the page."""
    return render_to_string("components/alert.html", {"content": content, "title": title, "tone": tone})


@register.filter
def initials(name) -> str:
    """Two letters, first name first: "BENALI Yanis" and "Yanis Benali" both give YB."""
    words = str(name).replace("-", " ").split()
    if not words:
        return ""
    if len(words) == 1:
        return words[0][0].upper()
    first, last = (words[-1], words[0]) if words[0].isupper() else (words[0], words[-1])
    return (first[0] + last[0]).upper()


@register.filter
def moment(value) -> str:
    """'Today, 09:42' or '17/11/2026, 14:10'."""
    return moment_words(value)


@register.filter
def for_machines(value) -> str:
    """'2026-11-17T13:10:00Z', for `<time datetime>`."""
    return machine_moment(value)


@register.filter
def breakable(value):
    """Lets an e-mail address that is too long for its column break before its @, not before its last letter."""
    name, at, domain = str(value).rpartition("@")
    return format_html("{}<wbr>{}{}", name, at, domain) if at else value
