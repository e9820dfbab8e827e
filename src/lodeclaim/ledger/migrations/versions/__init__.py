"""One module a version; each stands alone, since the tables of today are not those of then."""
