"""The tables of steps of agreements, their versions and signatures."""
