"""Reviews: a batch is called, judged, published, decided, appealed, and kept earned (评审认定)."""
