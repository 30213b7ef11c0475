"""Query understanding (查询理解): what a person meant to type, and why we think so."""
