"""Pure decisions about definitions, criteria, clocks, draws, ranks and votes."""
