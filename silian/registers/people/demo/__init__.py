"""The people of the demonstration city (演示数据)."""
