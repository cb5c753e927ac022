"""Letters by the thousand: batches that resume, their people, files and control list."""
