"""Read and patch .xlsx and .xlsm files without Excel, losing nothing. Knows files and cells, nothing of recruiting."""
