"""The guided talks that people can choose, as data: steps, wordings, branches."""

from collections.abc import Mapping

from coaching.forms.clear import CLEAR
from coaching.forms.goal_scale_form import GOAL_SCALE
from coaching.forms.grow import GROW
from coaching.forms.oskar import OSKAR
from coaching.forms.rehearse import REHEARSE
from coaching.forms.woop import WOOP
from coaching.language.form import Form, FormId

FORMS: Mapping[FormId, Form] = {form.id: form for form in (GROW, OSKAR, CLEAR, REHEARSE, WOOP, GOAL_SCALE)}
