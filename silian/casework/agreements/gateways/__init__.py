"""Outside formats: certificates and signed PDF files."""
