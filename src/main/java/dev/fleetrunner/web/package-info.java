/** What the doors that speak HTTP to browsers and programs share. */
package dev.fleetrunner.web;
