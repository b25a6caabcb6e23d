"""How templates of programmes say what is theirs."""
