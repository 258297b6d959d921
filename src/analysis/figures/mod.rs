//! Figures that several rules share, each with its formula and source.
