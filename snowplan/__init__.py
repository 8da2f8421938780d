"""Plan winter snow clearing: simulate a contingency plan (清雪预案) storm by storm."""

__version__ = "0.1.0"
