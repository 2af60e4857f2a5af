"""How editions stand: in force, superseded, restricted, past review; and where a quote stands in one."""
