"""The task ledger of the demonstration city (演示数据)."""
