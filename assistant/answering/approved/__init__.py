"""The partnership's own answers: which question they are given to, and whether their quotes still hold."""
