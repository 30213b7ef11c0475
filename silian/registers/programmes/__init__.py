"""The register of programmes, talent-training plans, cohorts and classes."""
