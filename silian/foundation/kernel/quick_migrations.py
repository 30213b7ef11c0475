"""Migrating in seconds where Django's own way takes minutes: render only what an operation changed.

Django renders a changed model's whole neighbourhood anew at every operation. Here nearly every
model leads to an organisation or a person, so that is hundreds of classes a thousand times over.
On PostgreSQL the operations below need none of it; all others keep Django's own way.
"""

from __future__ import annotations

from typing import Any, Self

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field
from django.db.models.fields import NOT_PROVIDED


class QuickState(ProjectState):
    """A project state that changes its rendered classes in place.

    Python that a migration runs still gets classes rendered as a whole: ``is_delayed`` asks for it.
    """

    def clone(self) -> Self:
        models = {key: state.clone() for key, state in self.models.items()}
        copy = type(self)(models=models, real_apps=self.real_apps)
        if self.is_rendered:
            copy.apps = self.apps.clone()
        copy.is_delayed = self.is_delayed
        return copy

    def add_model(self, model_state: ModelState) -> None:
        """Render the new class alone: nothing older can refer to it."""
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        self.forget_relations()
        if self.is_rendered:
            self.apps.render_multiple([model_state])

    def add_field(
        self, app_label: str, model_name: str, name: str, field: Field, preserve_default: bool
    ) -> None:
        """Give the rendered class the field, and leave its neighbours as they are."""
        if not preserve_default:
            field = field.clone()
            field.default = NOT_PROVIDED
        self.models[app_label, model_name].fields[name] = field
        self.forget_relations()
        if self.is_rendered:
            self.is_delayed = True
            field.clone().contribute_to_class(self.apps.get_model(app_label, model_name), name)

    def _append_option(self, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
        kept = self.models[app_label, model_name].options[option_name]
        self.set_option(app_label, model_name, option_name, [*kept, obj])

    def _remove_option(
        self, app_label: str, model_name: str, option_name: str, obj_name: str
    ) -> None:
        kept = self.models[app_label, model_name].options[option_name]
        self.set_option(
            app_label, model_name, option_name, [obj for obj in kept if obj.name != obj_name]
        )

    def set_option(
        self, app_label: str, model_name: str, option_name: str, objects: list[Any]
    ) -> None:
        """Tell the rendered class its constraints or indexes: they concern no neighbour."""
        self.models[app_label, model_name].options[option_name] = objects
        if self.is_rendered:
            self.is_delayed = True
            setattr(self.apps.get_model(app_label, model_name)._meta, option_name, objects)

    def forget_relations(self) -> None:
        """Let Django find who refers to whom again, when it next asks."""
        self._relations = None

    @property
    def is_rendered(self) -> bool:
        return "apps" in self.__dict__  # asking for it would render


class QuickExecutor(MigrationExecutor):
    """Django's executor, starting from a :class:`QuickState`."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> ProjectState:
        known = super()._create_project_state(  # type: ignore[misc]  # not in the stubs
            with_applied_migrations=with_applied_migrations
        )
        return QuickState(models=known.models, real_apps=known.real_apps)
