package dev.fleetrunner.service;

/** A service that finds no engine. */
public final class WithoutEngine extends ServiceProfile {}
