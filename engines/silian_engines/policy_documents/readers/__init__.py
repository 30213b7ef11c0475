"""Readers: files in, source text out (文件读取)."""
