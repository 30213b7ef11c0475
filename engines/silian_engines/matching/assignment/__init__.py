"""Students to posts: stable, with reserved seats and ceilings, explained (岗位分配)."""
