"""What can be done in the form, and in its choosers."""

from __future__ import annotations

from ledger.tui.actions.action import Action

FORM = (
    Action("form.save", "f10", "Save", "Record what the form says.", "save", priority=True),
    Action("form.leave", "escape", "Leave", "Go back; asks first where something was typed.", "leave"),
    Action("form.next", "down,enter", "Next field", "Go to the next field; tab does too.", "next", shown=False),
    Action("form.previous", "up", "Field above", "Go to the field above; shift+tab does too.", "previous", shown=False),
)

CHOOSER = (
    Action("chooser.next", "right,l,space", "Next choice", "Choose what stands to the right.", "next"),
    Action("chooser.previous", "left,h,backspace", "Choice before", "Choose what stands to the left.", "previous"),
)

LEAVING = (
    Action("leaving.leave", "y,enter", "Leave", "Leave the form; what was typed is not kept.", "leave"),
    Action("leaving.stay", "n,escape", "Stay", "Go on with the form.", "stay"),
)
