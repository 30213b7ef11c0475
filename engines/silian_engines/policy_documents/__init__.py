"""Policy documents as data: clauses, tasks, bodies, targets (政策文件结构化)."""
