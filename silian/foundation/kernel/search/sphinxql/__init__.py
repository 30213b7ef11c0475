"""The search in a cluster that speaks SphinxQL: Sphinx, Manticore (检索集群)."""
