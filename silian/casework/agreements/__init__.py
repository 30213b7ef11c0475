"""Any promise among parties: typed terms, versions, signatures, effective terms."""
