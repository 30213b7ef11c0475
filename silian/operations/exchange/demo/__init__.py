"""The supply and demand of the demonstration city (演示数据)."""
