"""Record tables: models that read page by page, columns that are remembered, painting and copying."""
