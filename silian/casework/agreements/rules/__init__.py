"""Pure decisions about agreements: values of terms, effective terms, text, days."""
