"""Pictures as SVG text: plain typed records in, one self-contained drawing out."""
