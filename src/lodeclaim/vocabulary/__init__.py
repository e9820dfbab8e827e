"""The words of the field as data: materials, stages, predicates, places, actors, sites, languages."""
