"""Lawful credit records: correction, notice, record, publicity, objection, repair (信用记录)."""
