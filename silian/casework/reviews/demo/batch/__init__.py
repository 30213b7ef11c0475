"""A whole batch of integrated enterprises, from its call to an exit with a ban (全流程演示)."""
