"""Field parsing (字段解析): what people write in a cell becomes a typed value or a reason."""
