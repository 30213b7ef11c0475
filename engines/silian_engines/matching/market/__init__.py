"""A made-up market of needs and offers, to try recommenders on (模拟供需市场)."""
