"""The invented sample office "Pemerintah Kota Contoh": people, units, workbooks and identity for demos, tests and benchmarks."""
