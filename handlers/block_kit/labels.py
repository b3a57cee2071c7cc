"""Words of buttons that are the same in several features."""

CHANGE = "Change"
FORGET = "Forget it"
LEAVE_IT = "Leave it"
NOT_NOW = "Not now"
SAVE = "Save"
UNDO = "Undo"
WRAP_UP = "Wrap up"
